package dev.agora.measure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how fast pages are served from the cache through the gateway, and rehearses a
 * CDN in front of it.
 */
@Command(name = "pages", description = "Compare the pages with files served by nginx, and rehearse a CDN with nginx.")
final class PageDelivery implements Callable<Integer> {

	private static final Pattern LOCATION = Pattern.compile("<loc>https?://[^/<]+(/pages/[^<]+)</loc>");

	private static final Map<String, String> GZIP = Map.of("Accept-Encoding", "gzip");

	private static final int MAX_PAGES = 500;

	/** Longer than the time for which a CDN may use a page without asking. */
	private static final Duration STALE_AFTER = Duration.ofSeconds(62);

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--rounds", defaultValue = "3", description = "Number of pairs of measurements.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "6", description = "Seconds per measurement of one side.")
	private int seconds;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (!Nginx.isInstalled()) {
			throw new Problem("nginx is not installed, and this measurement compares with it. Install it, for example "
					+ "with apt-get install nginx-light, and repeat the command.");
		}
		Wrk.require();
		RunningSystem system = this.options.open();
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		try (Children children = new Children(logs)) {
			int port = Children.freePort();
			Process gateway = children.jar(system.gatewayJar(), system.gatewayEnvironment(port, Children.freePort()));
			URI address = URI.create("http://127.0.0.1:" + port);
			children.awaitReady(address.resolve("/pages/trending"));
			children.awaitReady(address.resolve("/pages/sitemap.xml"));
			List<String> pages = pages(address);
			long service = system.instances("product-service").values().iterator().next().pid();
			compare(children, new Side("gateway", gateway.pid(), address.resolve(pages.get(0)), GZIP), service);
			rehearse(children, address, pages, gateway);
		}
		return 0;
	}

	/** Returns the paths of pages of products, which the sitemap lists. */
	private List<String> pages(URI gateway) throws IOException, InterruptedException {
		String sitemap = new String(get(gateway.resolve("/pages/sitemap.xml")), StandardCharsets.UTF_8);
		List<String> found = new ArrayList<>();
		for (String location : locations(sitemap)) {
			if (location.endsWith(".xml")) {
				found.addAll(locations(new String(get(gateway.resolve(location)), StandardCharsets.UTF_8)));
			}
			else {
				found.add(location);
			}
		}
		List<String> products = found.stream().filter((path) -> path.startsWith("/pages/products/")).toList();
		if (products.isEmpty()) {
			throw new Problem(
					"There are no pages of products. Load products with ./agora load, then run ./agora bake.");
		}
		return products.subList(0, Math.min(products.size(), MAX_PAGES));
	}

	private static List<String> locations(String sitemap) {
		return LOCATION.matcher(sitemap).results().map((found) -> found.group(1)).toList();
	}

	private void compare(Children children, Side gateway, long service) throws IOException, InterruptedException {
		byte[] gzip = get(gateway.address(), "Accept-Encoding", "gzip");
		byte[] plain = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
		Side files = new NginxPages().startFiles(children, gateway.address().getPath(), gzip, plain);
		WarmUp.untilSettled(gateway, service, Sample::cost);
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.rounds; round++) {
			double ours = Wrk.load(gateway, service, this.seconds).perSecond();
			double theirs = Wrk.load(files, service, this.seconds).perSecond();
			System.out.printf("round %d: gateway %.0f requests/s, nginx %.0f requests/s, %d bytes%n", round + 1, ours,
					theirs, gzip.length);
			ratios.add(ours / theirs);
		}
		System.out.printf("A page from the cache through the gateway over a file of nginx through its proxy: %.3f%n",
				Ratios.median(ratios));
	}

	private void rehearse(Children children, URI origin, List<String> pages, Process gateway)
			throws IOException, InterruptedException {
		NginxPages nginx = new NginxPages();
		URI cdn = nginx.startCdn(children, origin);
		Path script = Files.writeString(Files.createTempFile("agora", ".lua"), Wrk.inTurn(pages));
		Side side = new Side("CDN", gateway.pid(), cdn.resolve("/"), GZIP, script);
		Sample load = Wrk.load(side, gateway.pid(), this.seconds);
		Map<String, Long> statuses = nginx.statuses();
		long all = statuses.values().stream().mapToLong(Long::longValue).sum();
		long origins = all - statuses.getOrDefault("HIT", 0L);
		System.out.printf("CDN: %d requests for %d pages in %.1f s, hit ratio %.5f, %d requests to the origin %s%n",
				all, pages.size(), load.seconds(), (all - origins) / (double) all, origins, statuses);
		gateway.destroy();
		gateway.waitFor();
		serveWithoutOrigin(nginx, cdn, pages);
	}

	/** Reads the pages after their copies have become older than {@code s-maxage}. */
	private void serveWithoutOrigin(NginxPages nginx, URI cdn, List<String> pages)
			throws IOException, InterruptedException {
		System.out.printf("The origin is stopped. The copies become stale in %d s.%n", STALE_AFTER.toSeconds());
		TimeUnit.SECONDS.sleep(STALE_AFTER.toSeconds());
		long before = nginx.statuses().getOrDefault("STALE", 0L);
		int served = 0;
		for (String page : pages) {
			served += (get(cdn.resolve(page), "Accept-Encoding", "gzip").length > 0) ? 1 : 0;
		}
		long stale = nginx.statuses().getOrDefault("STALE", 0L) - before;
		System.out.printf("CDN without its origin: %d of %d pages served, %d of them stale%n", served, pages.size(),
				stale);
	}

	private byte[] get(URI address, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(address);
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<byte[]> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		return (response.statusCode() == 200) ? response.body() : new byte[0];
	}

}
