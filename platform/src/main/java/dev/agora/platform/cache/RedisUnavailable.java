package dev.agora.platform.cache;

/**
 * Redis is slow, gone or not reached yet; what the caller wants must come from elsewhere.
 */
public final class RedisUnavailable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RedisUnavailable(String sentence, Throwable cause) {
		// No stack: it may be thrown for every request, and the cause says it all.
		super(sentence, cause, false, false);
	}

	RedisUnavailable(String sentence) {
		super(sentence, null, false, false);
	}

}
