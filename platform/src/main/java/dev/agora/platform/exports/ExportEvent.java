package dev.agora.platform.exports;

import java.time.Instant;
import java.util.List;

import dev.agora.platform.event.Event;

/** The events of an export, reduced to the fields that the services need. */
sealed interface ExportEvent extends Event {

	/**
	 * The services are to send what they hold about a member.
	 *
	 * @param services the names of the services whose parts are awaited
	 * @param until when the parts are no longer awaited
	 */
	record Requested(String member, List<String> services, Instant until) implements ExportEvent {
	}

	/**
	 * No part is awaited any more: the export failed, was cancelled or replaced, or its
	 * member was deleted.
	 */
	record Removed() implements ExportEvent {
	}

}
