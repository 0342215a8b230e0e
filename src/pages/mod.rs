//! A view and a template become a page.
