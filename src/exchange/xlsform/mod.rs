//! XLSForm.

mod loss;
