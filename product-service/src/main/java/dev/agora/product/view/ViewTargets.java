package dev.agora.product.view;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.product.catalog.Products;

/** Passes batches of views to the products, and to those who observe views. */
public final class ViewTargets {

	private final Products products;

	private final List<ViewObserver> observers;

	public ViewTargets(Products products, List<ViewObserver> observers) {
		this.products = products;
		this.observers = List.copyOf(observers);
	}

	/**
	 * Adds a batch of views. A batch that was added partly may be added again.
	 * @param batch the id; later batches of a product have higher ids
	 * @param views the numbers of views, by the id of the product
	 */
	Mono<Void> add(String batch, Map<String, Long> views) {
		return this.products.addViews(batch, views)
			.thenMany(Flux.fromIterable(this.observers))
			.concatMap((observer) -> observer.observe(batch, views))
			.then();
	}

}
