package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that the instances of a service report, added up. */
final class ServiceMetrics {

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<URI> addresses;

	/**
	 * Creates the metrics of some instances.
	 * @param managementUrls the addresses of their health and metrics
	 */
	ServiceMetrics(Collection<String> managementUrls) {
		this.addresses = managementUrls.stream().map((url) -> URI.create(url + "/actuator/prometheus")).toList();
	}

	/** Creates the metrics of all instances of a service. */
	static ServiceMetrics of(RunningSystem system, String service) {
		return new ServiceMetrics(
				system.instances(service).values().stream().map(RunningSystem.Instance::managementUrl).toList());
	}

	/**
	 * Returns the sums of a metric by the value of one tag.
	 * @param metric its name, as Prometheus shows it
	 * @param having a tag that is required, such as {@code cache="product:product"}
	 * @param tag the name of the tag whose values are distinguished
	 */
	Map<String, Double> sumsBy(String metric, String having, String tag) throws IOException, InterruptedException {
		Pattern line = Pattern.compile("(?m)^" + metric + "\\{(?=[^}]*\\b" + having + "[,}])[^}]*\\b" + tag
				+ "=\"([^\"]*)\"[^}]*} ([0-9.E+-]+)$");
		Map<String, Double> sums = new TreeMap<>();
		for (URI address : this.addresses) {
			Matcher found = line.matcher(read(address));
			if (!found.find()) {
				throw new Problem(address + " has no " + metric + " with " + having + " and " + tag + ".");
			}
			do {
				sums.merge(found.group(1), Double.valueOf(found.group(2)), Double::sum);
			}
			while (found.find());
		}
		return sums;
	}

	/** Returns the sum of a metric over the instances, whatever its tags are. */
	double sum(String metric) throws IOException, InterruptedException {
		Pattern line = Pattern.compile("(?m)^" + metric + "(?:\\{[^}]*})? ([0-9.E+-]+)$");
		double sum = 0;
		for (URI address : this.addresses) {
			Matcher found = line.matcher(read(address));
			if (!found.find()) {
				throw new Problem(address + " has no " + metric + ".");
			}
			do {
				sum += Double.parseDouble(found.group(1));
			}
			while (found.find());
		}
		return sum;
	}

	private String read(URI address) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(address).build(),
				HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new Problem(address + " returned the status " + response.statusCode() + ".");
		}
		return response.body();
	}

}
