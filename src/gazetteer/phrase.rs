//! Place phrases: to come.
use super::hints::Hints;
use super::index::Gazetteer;
use super::resolve::Resolution;
pub(super) fn resolve<'g>(_g: &'g Gazetteer, _name: &str, _hints: &Hints<'g>) -> Resolution<'g> {
    Resolution::Unresolved(Vec::new())
}
