package dev.agora.platform.cache;

import java.util.Locale;

/**
 * The reason why a reader loads an object from its origin, as {@code cache.loads} shows
 * it.
 */
enum LoadCause {

	/** The object is missing, and the reader holds its lease. */
	LEASE,
	/** The entry is stale, and the reader holds its lease. */
	REFRESH,
	/** Redis did not respond to the lookup. */
	BYPASS,
	/** Redis did not respond to the request for the lease. */
	ACQUIRE_FAILED,
	/** Another reader's load took longer than lease-wait. */
	WAITED;

	String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
