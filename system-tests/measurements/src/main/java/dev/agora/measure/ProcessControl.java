package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Starts, stops and kills processes of the running system, by its launcher. */
final class ProcessControl {

	private final HttpClient http = HttpClient.newHttpClient();

	private final String url;

	/**
	 * Creates the control.
	 * @param url the control address of the launcher
	 */
	ProcessControl(String url) {
		this.url = url;
	}

	/**
	 * Waits until an action is done.
	 * @param action {@code start}, {@code stop} or {@code kill}
	 */
	void send(String process, String action) throws IOException, InterruptedException {
		URI address = URI.create(this.url + "/processes/" + process + "/" + action);
		HttpRequest request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new Problem("The launcher does not " + action + " " + process + ": " + response.body());
		}
	}

}
