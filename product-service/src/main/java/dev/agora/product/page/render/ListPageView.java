package dev.agora.product.page.render;

import java.util.List;

/**
 * A page with a list of products.
 *
 * @param head the head of the page
 * @param title the heading
 * @param lead the sentence under the heading
 * @param cards the products
 */
public record ListPageView(HeadView head, String title, String lead, List<CardView> cards) {
}
