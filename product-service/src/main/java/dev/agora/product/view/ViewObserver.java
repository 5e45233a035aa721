package dev.agora.product.view;

import java.util.Map;

import reactor.core.publisher.Mono;

/** Receives the batches of views that were added to the products. */
public interface ViewObserver {

	/**
	 * Receives a batch, which may be repeated.
	 * @param batch the id; later batches of a product have higher ids
	 * @param views the numbers of views, by the id of the product
	 */
	Mono<Void> observe(String batch, Map<String, Long> views);

}
