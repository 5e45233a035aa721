package dev.agora.console.scrape;

/** The state of an instance, the best first. */
public enum Health {

	/** It accepts requests. */
	READY,

	/** It has started and is not ready yet, or no longer. */
	NOT_READY,

	/** It finishes its requests before it ends. */
	DRAINING,

	/** A gateway sends it no requests, since it has failed. */
	EJECTED,

	/** The process runs and does not respond. */
	UNRESPONSIVE,

	/** The process has ended. */
	DOWN

}
