package dev.agora.launcher.load;

/** The API refused a call, or did not answer for too long. */
final class ApiFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	ApiFailure(int status, String message) {
		super(message);
		this.status = status;
	}

	/** Whether this one call is wrong, while others can go on. */
	boolean isRefusal() {
		return this.status >= 400 && this.status < 500 && this.status != 401;
	}

}
