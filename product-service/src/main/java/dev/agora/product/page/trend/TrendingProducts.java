package dev.agora.product.page.trend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.catalog.Products;

/**
 * Finds the trending products. Where there are too few of them, the newest products
 * follow, so that a young marketplace has a page too.
 */
public final class TrendingProducts {

	private final TrendSignals signals;

	private final Products products;

	public TrendingProducts(TrendSignals signals, Products products) {
		this.signals = signals;
		this.products = products;
	}

	/** Lists the trending products, those with the most interest first. */
	public Mono<List<ProductView>> list(int limit) {
		// Signals of removed products may be among the first ones.
		return this.signals.top(limit * 2)
			.flatMap((ids) -> findInOrder(ids).zipWith(this.products.newest(limit).collectList(),
					(trending, newest) -> join(trending, newest, limit)));
	}

	private Mono<List<Stored<Product>>> findInOrder(List<String> ids) {
		return this.products.findAll(ids)
			.collect(Collectors.toMap(Stored::id, (product) -> product))
			.map((found) -> ids.stream().map(found::get).filter(Objects::nonNull).toList());
	}

	private static List<ProductView> join(List<Stored<Product>> trending, List<Stored<Product>> newest, int limit) {
		Map<String, Stored<Product>> joined = new LinkedHashMap<>();
		Stream.concat(trending.stream(), newest.stream())
			.forEach((product) -> joined.putIfAbsent(product.id(), product));
		return joined.values().stream().limit(limit).map(ProductView::of).toList();
	}

}
