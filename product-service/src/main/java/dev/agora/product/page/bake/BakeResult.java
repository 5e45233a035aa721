package dev.agora.product.page.bake;

/**
 * The result of the job.
 *
 * @param products the number of products whose pages are current
 * @param categories the number of pages of categories
 * @param files the number of files that were written to the target, 0 without one
 * @param published whether this release was published; false without a target, and if a
 * newer one is there
 */
public record BakeResult(long products, long categories, long files, boolean published) {
}
