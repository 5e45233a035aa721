package dev.agora.launcher.load.api;

/** The API refused a call, or did not respond in time. */
public final class ApiFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	ApiFailure(int status, String message) {
		super(message);
		this.status = status;
	}

	/** Whether this call is invalid, while others can succeed. */
	public boolean isRefusal() {
		return this.status >= 400 && this.status < 500 && this.status != 401;
	}

}
