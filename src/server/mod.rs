//! The strict gate, routes, replies, rebuilds and the socket loop.
