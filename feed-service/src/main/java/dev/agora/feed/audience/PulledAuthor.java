package dev.agora.feed.audience;

/**
 * An author whose activities are not pushed into timelines but read with each feed page.
 *
 * @param id the author's id
 * @param settled whether every timeline of a follower knows it, so that pushes may be
 * left out
 */
public record PulledAuthor(String id, boolean settled) {
}
