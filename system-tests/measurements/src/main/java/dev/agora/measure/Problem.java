package dev.agora.measure;

/** Why a measurement cannot be made, and what to do about it. */
final class Problem extends RuntimeException {

	Problem(String message) {
		super(message);
	}

}
