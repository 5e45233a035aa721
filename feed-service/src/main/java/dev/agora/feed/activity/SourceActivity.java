package dev.agora.feed.activity;

/**
 * The activity that a source has.
 *
 * @param id the id of the activity
 */
public record SourceActivity(String id) {
}
