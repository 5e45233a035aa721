package dev.agora.product.rating;

/**
 * The author of a review, as the card of a member.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 */
public record ReviewAuthor(String id, String handle, String name) {
}
