class Message {

	String detail = "The broker is away.";

}
