class Question {

	// The member posts "What is it?" about a product.
	String text = "What is it?";

	String anew = "a name in code is not prose";

}
