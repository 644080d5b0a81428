use super::{Email, Name, Phone, User, UserId};

fn change(user: &mut User, id: UserId, email: Email, name: Name, phone: Phone) {
    user.id = id; //~ E0616|E0609|E0615
    user.email = email; //~ E0616|E0609|E0615
    user.name = name; //~ E0616|E0609|E0615
    user.phone = Some(phone); //~ E0616|E0609|E0615
    user.staff_note = String::new(); //~ E0616|E0609|E0615
    user.active = false; //~ E0616|E0609|E0615
    let User {} = user; //~ none|E0769
    let _note = user.staff_note_mut(); //~ E0599|E0624
    user.set_active(true); //~ E0599|E0624
    user.activate(); //~ E0599|E0624
    user.reactivate(); //~ E0599|E0624
    user.open(); //~ E0599|E0624
    user.reopen(); //~ E0599|E0624
}
