//! Every component in every state, for `/dev/ui`.
