package dev.agora.platform.representation;

/** JSON that exists as bytes and becomes a part of a longer one, such as a page. */
public interface JsonPart {

	/** Returns the number of bytes. */
	int length();

	/** Copies the bytes into an array, and returns the index after them. */
	int copyTo(byte[] target, int at);

}
