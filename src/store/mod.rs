//! Answers kept: durable before they are acknowledged, visible only in whole batches.
