package dev.agora.measure;

/** The reason why a measurement failed, with a remedy. */
final class Problem extends RuntimeException {

	Problem(String message) {
		super(message);
	}

}
