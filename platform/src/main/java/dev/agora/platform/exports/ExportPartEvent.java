package dev.agora.platform.exports;

import dev.agora.platform.event.Event;

/**
 * The events of a part, which is what one service collects in one run for an export. The
 * part is a text whose lines are JSON objects. The version of an event is the number of
 * its chunk, beginning with 1.
 */
public sealed interface ExportPartEvent extends Event {

	/**
	 * A chunk was collected.
	 *
	 * @param export the id of the export
	 * @param service the name of the service
	 * @param run identifies the run; a repeated run may divide its text differently
	 * @param number the number of the chunk, beginning with 1
	 * @param text a piece of the text, which may begin and end within a line
	 */
	record Collected(String export, String service, String run, long number, String text) implements ExportPartEvent {
	}

	/**
	 * All chunks were collected and acknowledged by the brokers.
	 *
	 * @param export the id of the export
	 * @param service the name of the service
	 * @param run identifies the run
	 * @param chunks the number of chunks
	 * @param records the number of records, each of which is a line
	 */
	record Completed(String export, String service, String run, long chunks, long records) implements ExportPartEvent {
	}

}
