package dev.agora.feed.exports;

import java.time.Instant;
import java.util.List;

import dev.agora.platform.event.Event;

/** The events of an export. */
public sealed interface ExportEvent extends Event {

	/**
	 * The services are to send what they hold about a member.
	 *
	 * @param services the names of the services whose parts are awaited
	 * @param until when the parts are no longer awaited
	 */
	record Requested(String member, List<String> services, Instant until) implements ExportEvent {
	}

	/** The export was removed, with all that was collected for it. */
	record Removed() implements ExportEvent {
	}

}
