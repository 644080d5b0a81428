-- Caught by: pages::a_page_takes_the_same_steps_wherever_it_is, pages::the_database_plans_to::case_2_the_place
CREATE INDEX products_by_name ON products (name);
