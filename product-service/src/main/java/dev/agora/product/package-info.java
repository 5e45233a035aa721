/**
 * The catalogue of the products that members offer. <pre>
 * request    gateway  TokenSwapFilter > limit > route                POST path
 * controller catalog.ProductController        checks the body        > NewProduct > Products > ProductCache
 * domain     catalog.Product.publish()        Change(product, Listed)                (JDK only)
 * store      catalog.Products                 > platform.document.Documents.create: ONE write: value, version, outbox[]
 * outbox     platform.kafka.OutboxRelay       finds outbox.0 > sends (acks=all, key=id) > pulls what was sent
 * Kafka      product.products.v1              key = product id
 * listener   catalog.ProductCacheListener     invalidates older versions in the cache
 * cache      catalog.ProductCache             guarded by version: older or equal is ignored
 * reconcile  platform.member.MemberListener   > platform.projection.Reconciler > seller.SellerProducts > Products
 *            seller.ProductListener           reconciles each new product with its seller
 * reviews    review.ReviewController          > review.Reviews > product.reviews.v1, key = product and author
 * rating     recount.RecountListener          > RecountRequests > RecountSweep > Recount > catalog.Products
 * views      view.ViewFilter                  > ViewCounter > Redis > ViewWriter > catalog.Products
 * pages      page.build.PageListener          > page.build.ProductPages > page.store.Pages; see the package page
 * </pre>
 */
@NullMarked
package dev.agora.product;

import org.jspecify.annotations.NullMarked;
