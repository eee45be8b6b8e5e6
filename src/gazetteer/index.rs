//! The gazetteer as the rest of the crate sees it: places, admin areas, and their names.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::check;
use super::compile::{self, IS_ADMIN};
use super::compiled::{Compiled, LoadError};
use super::place::{AdminArea, Place, Target};
use super::source::{self, Problem};

/// Names and where they are.
#[derive(Debug)]
pub struct Gazetteer {
    pub(super) data: Compiled,
    home: [u8; 2],
    /// Every country's code and index among the admin areas, sorted.
    countries: Vec<([u8; 2], u32)>,
}

impl Gazetteer {
    /// The gazetteer that is part of the program: the Levant and Iraq down to villages, the rest of the world in cities.
    pub fn embedded() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| {
            // The build script wrote these bytes with the code that reads them; a test checks them.
            Gazetteer::trusted(Cow::Borrowed(Gazetteer::embedded_bytes()))
                .expect("the embedded gazetteer is whole")
        })
    }

    /// The compiled form of the embedded gazetteer.
    pub fn embedded_bytes() -> &'static [u8] {
        include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"))
    }

    /// Takes over a compiled gazetteer.
    ///
    /// # Errors
    /// If the bytes are not one of this version, or are damaged.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Gazetteer, LoadError> {
        let gazetteer = Gazetteer::trusted(bytes.into())?;
        check::check(&gazetteer.data)?;
        Ok(gazetteer)
    }

    fn trusted(bytes: Cow<'static, [u8]>) -> Result<Gazetteer, LoadError> {
        let data = Compiled::new(bytes)?;
        let countries = (0..data.admin_count()).filter(|index| data.admin_level(*index) == 0);
        let mut countries: Vec<([u8; 2], u32)> = countries
            .map(|index| (data.admin_country(index), index))
            .collect();
        countries.sort_unstable();
        Ok(Gazetteer {
            home: data.home(),
            data,
            countries,
        })
    }

    /// Compiles the texts of a `places.csv` and an `admin.csv`; `home` is the code of the country whose places win over
    /// like ones abroad.
    ///
    /// # Errors
    /// Every cell that cannot be used.
    pub fn from_csv(home: [u8; 2], places: &str, admin: &str) -> Result<Gazetteer, Vec<Problem>> {
        let mut problems = Vec::new();
        let admins = source::read_admin("admin.csv", admin.as_bytes(), &mut problems);
        let places = source::read_places("places.csv", places.as_bytes(), &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let bytes = compile::compile(home, &admins, &places, &[])?;
        Gazetteer::load(bytes).map_err(|error| {
            vec![Problem {
                file: "places.csv".to_owned(),
                row: 0,
                column: "",
                message: error.to_string(),
            }]
        })
    }

    /// Code of the home country: without a hint, its places win over no more prominent ones of the same name abroad.
    pub fn home(&self) -> [u8; 2] {
        self.home
    }

    /// The outlines of admin areas that were imported with it, as they were packed; empty if there are none.
    pub fn outlines(&self) -> &[u8] {
        self.data.outlines()
    }

    /// The same gazetteer with another home country.
    pub fn with_home(mut self, country: [u8; 2]) -> Gazetteer {
        self.home = country;
        self
    }

    /// Every place, in the order of the source.
    pub fn places(&self) -> impl ExactSizeIterator<Item = Place<'_>> {
        (0..self.data.place_count()).map(|index| Place {
            gazetteer: self,
            index,
        })
    }

    /// Every country, governorate and district, in the order of the source.
    pub fn admin_areas(&self) -> impl ExactSizeIterator<Item = AdminArea<'_>> {
        (0..self.data.admin_count()).map(|index| AdminArea {
            gazetteer: self,
            index,
        })
    }

    /// The admin area with this id.
    pub fn admin(&self, id: &str) -> Option<AdminArea<'_>> {
        self.admin_areas().find(|area| area.id() == id)
    }

    /// The country with this ISO alpha-2 code.
    pub fn country(&self, code: [u8; 2]) -> Option<AdminArea<'_>> {
        let at = self
            .countries
            .binary_search_by_key(&code, |(other, _)| *other)
            .ok()?;
        let index = self.countries.get(at)?.1;
        Some(AdminArea {
            gazetteer: self,
            index,
        })
    }

    pub(super) fn target(&self, target: u32) -> Target<'_> {
        if target & IS_ADMIN != 0 {
            Target::Area(AdminArea {
                gazetteer: self,
                index: target & !IS_ADMIN,
            })
        } else {
            Target::Place(Place {
                gazetteer: self,
                index: target,
            })
        }
    }
}
