fn main() {
    local_postgres::build_script();
}
