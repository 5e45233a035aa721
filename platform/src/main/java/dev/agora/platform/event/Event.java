package dev.agora.platform.event;

/**
 * Something that happened to an aggregate. The events of an aggregate are the records
 * nested in one sealed interface that extends this one.
 */
public interface Event {

}
