package dev.agora.platform.kafka;

import java.time.Instant;

import dev.agora.platform.event.Event;

/**
 * An event as a listener receives it.
 *
 * @param id the id of the aggregate
 * @param version the version of the aggregate after the event, by which every effect is
 * guarded
 * @param at the time of the event
 * @param event the event
 * @param <E> the events of the aggregate
 */
public record ReceivedEvent<E extends Event>(String id, long version, Instant at, E event) {
}
