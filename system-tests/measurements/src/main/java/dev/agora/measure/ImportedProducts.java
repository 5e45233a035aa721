package dev.agora.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/** Products with long descriptions in a category of their own. */
final class ImportedProducts {

	private static final String SENTENCE = "A text as long as those of many products, with several sentences. ";

	private final Visitor seller;

	private final String category = "c" + Long.toString(System.nanoTime(), 36);

	private final List<String> ids = new ArrayList<>();

	/**
	 * Imports products of a new member.
	 * @param sentences the length of each description, in sentences of 66 characters
	 */
	ImportedProducts(RunningSystem system, int number, int sentences) throws IOException, InterruptedException {
		this.seller = new Visitor(system.gatewayUrl());
		String rows = IntStream.range(0, number)
			.mapToObj((row) -> "Product %d,\"%s\",%s,%d.50,EUR,5".formatted(row, SENTENCE.repeat(sentences),
					this.category, row))
			.collect(Collectors.joining("\n", "title,description,category,price,currency,stock\n", "\n"));
		this.seller.importProducts(rows.getBytes(StandardCharsets.UTF_8));
		list();
		if (this.ids.size() != number) {
			throw new Problem("%d of %d products are listed.".formatted(this.ids.size(), number));
		}
	}

	private void list() throws IOException, InterruptedException {
		String cursor = "";
		do {
			JsonNode page = this.seller.get("products?limit=100&category=" + this.category + cursor);
			page.path("items").forEach((item) -> this.ids.add(item.path("id").asString()));
			cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : "";
		}
		while (!cursor.isEmpty());
	}

	Visitor seller() {
		return this.seller;
	}

	String category() {
		return this.category;
	}

	List<String> ids() {
		return List.copyOf(this.ids);
	}

}
