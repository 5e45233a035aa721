package dev.agora.platform.job;

/**
 * Thrown to a handler whose job was cancelled or was taken over by another worker. The
 * handler lets it pass.
 */
public final class JobAborted extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public JobAborted() {
		super("The job was cancelled, or another worker has taken it over.", null, false, false);
	}

}
