package dev.agora.launcher.load;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.launcher.command.DataOption;
import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.root.Problem;

/** Fills the system through its public API. */
@Command(name = "load",
		description = { "Fill the system through its API, from files or with demo data.",
				"An aborted run continues where it stopped; nothing is stored twice." },
		footer = { "",
				"Members, follows and the products of --products are imported by jobs, of at most 100,000 items each;"
						+ " ./agora jobs list shows them. A job that no worker takes within two minutes is cancelled.",
				"To import, the command registers an operator of its own. It deletes the account at the end; the next run"
						+ " uses and deletes that of a run that was killed.",
				"With --url, members register and follow by single requests, since another system gives no rights to its clients." })
public final class Load implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--url", paramLabel = "URL", description = "The gateway (default: the one of the running system).")
	private @Nullable String url;

	@Option(names = "--products", paramLabel = "CSV", description = "Books to list, with the columns of goodbooks-10k.")
	private @Nullable Path products;

	@Option(names = "--graph", paramLabel = "EDGES",
			description = "Members who follow each other, two names in each line, such as socfb-Reed98.")
	private @Nullable Path graph;

	@Option(names = "--concurrency", paramLabel = "N", defaultValue = "32",
			description = "Requests in flight (default: ${DEFAULT-VALUE}).")
	private int concurrency = 32;

	@Option(names = "--seed", paramLabel = "N", defaultValue = "1",
			description = "The seed of the demo data, used without files (default: ${DEFAULT-VALUE}).")
	private long seed = 1;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.concurrency < 1) {
			throw new Problem("--concurrency must be 1 or more.");
		}
		ParsedRows<NewProduct> books = (this.products != null) ? BookFile.read(this.products)
				: new ParsedRows<>(List.of(), List.of());
		ParsedRows<Follow> edges = (this.graph != null) ? EdgeFile.read(this.graph)
				: new ParsedRows<>(List.of(), List.of());
		long started = System.nanoTime();
		int refused;
		ApiClient api = new ApiClient(address(), Duration.ofMinutes(2));
		try (LoadCheckpoint checkpoint = openCheckpoint()) {
			DataLoader loader = new DataLoader(api, checkpoint, this.concurrency);
			refused = load(api, loader, books, edges);
		}
		report(this.products, "products", books);
		report(this.graph, "follows", edges);
		System.out.printf(Locale.ROOT, "Done in %.1f s.%n", (System.nanoTime() - started) / 1e9);
		return (refused == 0) ? 0 : 1;
	}

	/**
	 * Opens the checkpoint beside the data of a local system. Another system gets none,
	 * since its data may be lost without notice.
	 */
	private LoadCheckpoint openCheckpoint() throws IOException {
		return (this.url != null) ? LoadCheckpoint.none()
				: LoadCheckpoint.open(this.data.directory().directory("load").resolve("done.tsv"));
	}

	private String address() throws IOException {
		if (this.url != null && !isHttp(this.url)) {
			throw new Problem("--url must be http://HOST:PORT, not " + this.url + ".");
		}
		String gateway = (this.url != null) ? this.url : this.data.running().gatewayUrl();
		if (gateway == null) {
			throw new Problem("The system on " + this.data.directory().root()
					+ " has no gateway that is ready. See ./agora status.");
		}
		return gateway;
	}

	private static boolean isHttp(String url) {
		try {
			URI uri = new URI(url);
			return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?");
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Loads into the local system as an operator. Another system gives no rights to its
	 * clients, so each member registers, logs in and follows there.
	 */
	private int load(ApiClient api, DataLoader loader, ParsedRows<NewProduct> books, ParsedRows<Follow> edges)
			throws IOException, InterruptedException {
		LoadData loaded = (this.products == null && this.graph == null) ? LoadData.demo(new DemoData(this.seed))
				: LoadData.ofFiles(books.good(), edges.good());
		if (this.url != null) {
			return loaded.load(loader);
		}
		try (LoadOperator operator = LoadOperator.open(api, this.data.running().runningInstance("session-service"),
				this.data.directory().directory("load").resolve("operator"))) {
			return loaded.load(loader, new OperatorImports(api, operator.token(), Duration.ofSeconds(1)));
		}
	}

	private static void report(@Nullable Path file, String what, ParsedRows<?> rows) {
		if (file != null) {
			rows.bad().forEach((row) -> System.out.println(file + ", " + row));
			System.out.printf(Locale.ROOT, "%s: %d %s, %d bad rows.%n", file, rows.good().size(), what,
					rows.bad().size());
		}
	}

}
