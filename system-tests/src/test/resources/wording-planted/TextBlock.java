class TextBlock {

	String help = """
			The command
			goes on.
			""";

}
