/**
 * The catalogue: what members offer. <pre>
 * request   gateway  TokenSwapFilter > limit > route                POST path
 * handler   catalog.ProductController        checks the body        > NewProduct > Products > ProductCache
 * domain    catalog.Product.list()           Change(product, Listed)                (JDK only)
 * store     catalog.Products                 > platform.document.Documents.create: ONE write: value, version, outbox[]
 * outbox    platform.kafka.OutboxRelay       finds outbox.0 > sends (acks=all, key=id) > pulls what was sent
 * Kafka     product.products.v1              key = product id
 * listener  catalog.ProductCacheListener     drops what the cache has of an older version
 * copy      catalog.ProductCache             guarded by version: older or equal is ignored
 * upkeep    upkeep.MemberListener            member.Members, then upkeep.Upkeep > Products: new names, delisting
 *           upkeep.ProductListener           settles what was listed while its seller changed
 * </pre>
 */
@NullMarked
package dev.agora.product;

import org.jspecify.annotations.NullMarked;
