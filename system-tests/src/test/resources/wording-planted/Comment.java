class Comment {

	// The list is built
	// anew.

}
