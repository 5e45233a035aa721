package dev.agora.launcher.load;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import me.tongfei.progressbar.ProgressBar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.launcher.root.Problem;

/** Imports the products of one seller as a file, and shows the progress of the job. */
final class ProductImport {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final long POLL_MILLIS = 500;

	private static final int MAX_SHOWN = 10;

	private final ApiClient api;

	private final String token;

	ProductImport(ApiClient api, String token) {
		this.api = api;
		this.token = token;
	}

	/** Imports products; returns how many were refused. */
	int run(Collection<NewProduct> products) throws InterruptedException {
		try (ProgressBar bar = LoadStage.bar("products", products.size())) {
			JsonNode job = call(ApiRequest.upload("/products/imports", toLines(products)));
			while (isOpen(job)) {
				TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
				job = call(ApiRequest.get("/products/jobs/" + job.path("id").asString()));
				bar.stepTo(job.at("/progress/done").asLong());
			}
			return report(job);
		}
	}

	private JsonNode call(ApiRequest request) {
		CompletableFuture<JsonNode> response = this.api.call(request.withToken(this.token));
		try {
			return response.join();
		}
		catch (CompletionException ex) {
			throw new Problem("Loading products has stopped: " + ex.getCause()
					+ "\nThe same command continues where it stopped.");
		}
	}

	private static boolean isOpen(JsonNode job) {
		String state = job.path("state").asString();
		return state.equals("QUEUED") || state.equals("RUNNING");
	}

	private static int report(JsonNode job) {
		if (!job.path("state").asString().equals("SUCCEEDED")) {
			throw new Problem("The import of the products has ended as " + job.path("state").asString() + ": "
					+ job.at("/error/detail").asString(""));
		}
		JsonNode result = job.path("result");
		result.path("errors")
			.valueStream()
			.limit(MAX_SHOWN)
			.forEach((error) -> System.err.println("\nProduct " + error.path("line").asInt() + ": "
					+ error.path("field").asString() + " " + error.path("message").asString()));
		return result.path("failed").asInt();
	}

	private static byte[] toLines(Collection<NewProduct> products) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (NewProduct product : products) {
			ObjectNode line = JSON.valueToTree(product);
			lines.writeBytes(JSON.writeValueAsBytes(line.put("key", product.key())));
			lines.write('\n');
		}
		return lines.toByteArray();
	}

}
