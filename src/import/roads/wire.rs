//! Protocol Buffers as bytes on the wire: fields of a message, packed numbers; every number is checked against the end.

/// Bytes that no message ends like, or begins like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// A number.
    Number(u64),
    /// Text, another message or packed numbers.
    Bytes(&'a [u8]),
    /// Four or eight bytes; no field of an extract that is read here is of this kind.
    Fixed,
}

impl<'a> Value<'a> {
    /// The bytes of a field that must have some.
    ///
    /// # Errors
    /// When it is a number.
    pub const fn bytes(self) -> Result<&'a [u8], Broken> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { Err(Broken) }
    }

    /// The number of a field that must be one.
    ///
    /// # Errors
    /// When it is bytes.
    pub const fn number(self) -> Result<u64, Broken> {
        if let Self::Number(number) = self { Ok(number) } else { Err(Broken) }
    }
}

/// The fields of a message, in the order of its bytes.
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = field(&mut self.0);
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

fn field<'a>(bytes: &mut &'a [u8]) -> Result<(u64, Value<'a>), Broken> {
    let key = varint(bytes)?;
    let value = match key & 7 {
        0 => Value::Number(varint(bytes)?),
        1 => taken(bytes, 8).map(|_| Value::Fixed)?,
        2 => {
            let length = varint(bytes)?;
            Value::Bytes(taken(bytes, usize::try_from(length).map_err(|_| Broken)?)?)
        }
        5 => taken(bytes, 4).map(|_| Value::Fixed)?,
        _ => return Err(Broken),
    };
    Ok((key >> 3, value))
}

fn taken<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], Broken> {
    let (taken, rest) = bytes.split_at_checked(length).ok_or(Broken)?;
    *bytes = rest;
    Ok(taken)
}

/// One number of one to ten bytes.
#[inline]
fn varint(bytes: &mut &[u8]) -> Result<u64, Broken> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if *byte < 0x80 {
            *bytes = &bytes[at + 1..];
            return Ok(number);
        }
    }
    Err(Broken)
}

/// Numbers without a sign, one after the other.
pub struct Packed<'a>(pub &'a [u8]);

impl Packed<'_> {
    /// How many numbers there are: as many as there are last bytes.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.iter().filter(|byte| **byte < 0x80).count()
    }

    /// The next number, none at the end.
    ///
    /// # Errors
    /// When the bytes break off.
    #[inline]
    pub fn number(&mut self) -> Result<Option<u64>, Broken> {
        if self.0.is_empty() { Ok(None) } else { varint(&mut self.0).map(Some) }
    }
}

/// Numbers with a sign, each told as its difference from the one before.
pub struct Deltas<'a> {
    packed: Packed<'a>,
    last: i64,
}

impl<'a> Deltas<'a> {
    /// Differences from zero on.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { packed: Packed(bytes), last: 0 }
    }

    /// The next number, none at the end.
    ///
    /// # Errors
    /// When the bytes break off.
    #[inline]
    pub fn number(&mut self) -> Result<Option<i64>, Broken> {
        Ok(self.packed.number()?.map(|number| {
            self.last = self.last.wrapping_add(signed(number));
            self.last
        }))
    }
}

/// A number whose sign stands in its last bit.
#[inline]
#[must_use]
pub const fn signed(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_fields_or_broken(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut fields = 0;
            for field in Fields(&bytes) {
                fields += 1;
                let _ = field.map(|(_, value)| (value.bytes(), value.number()));
            }
            prop_assert!(fields <= bytes.len());
            let mut deltas = Deltas::new(&bytes);
            while let Ok(Some(_)) = deltas.number() {}
        }
    }

    #[test]
    fn signs_stand_in_the_last_bit() {
        assert_eq!([0, 1, 2, u64::MAX, u64::MAX - 1].map(signed), [0, -1, 1, i64::MIN, i64::MAX]);
    }
}
