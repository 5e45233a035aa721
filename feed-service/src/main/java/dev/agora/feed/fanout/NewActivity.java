package dev.agora.feed.fanout;

import java.time.Instant;

/**
 * An activity whose fan-out starts.
 *
 * @param id the activity's id
 * @param author the author's id
 * @param at the time of the activity
 * @param trace the trace context of its event
 */
record NewActivity(String id, String author, Instant at, String trace) {
}
