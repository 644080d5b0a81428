// Caught by: architecture::every_file_is_a_module_in_a_layer
//! What all layers need.

use sqlx::{Database, Encode, Sqlite, Type, encode::IsNull, error::BoxDynError};

use crate::domain::StateName;

impl Type<Sqlite> for StateName {
    fn type_info() -> <Sqlite as Database>::TypeInfo {
        <&str as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for StateName {
    fn encode_by_ref(
        &self,
        buffer: &mut <Sqlite as Database>::ArgumentBuffer,
    ) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode_by_ref(&self.as_str(), buffer)
    }
}
