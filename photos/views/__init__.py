"""The pages of the library. Views ask and render; what is done is done by the operations beside them."""
