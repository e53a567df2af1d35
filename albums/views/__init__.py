"""The pages of albums. Views ask and render; what is done is done by the operations beside them."""
