package dev.agora.product.catalog;

/**
 * The member who offers a product, as they were known when it was written.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the version of the member that handle and name are of
 */
public record Seller(String id, String handle, String name, long version) {
}
