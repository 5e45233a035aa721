package dev.agora.chart;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.utils.Utils;

/**
 * Simulates {@code kafka-topics.sh}: it reads its {@code --command-config} as Kafka's
 * tools do, and writes the login to a file.
 */
final class FakeTopicsTool {

	private FakeTopicsTool() {
	}

	public static void main(String[] arguments) throws Exception {
		List<String> words = List.of(arguments);
		String file = words.get(words.indexOf("--command-config") + 1);
		AdminClientConfig client = new AdminClientConfig(Utils.propsToMap(Utils.loadProps(file)));
		Map<String, ?> options = JaasContext.loadClientContext(client.values())
			.configurationEntries()
			.get(0)
			.getOptions();
		Path login = Path.of(System.getenv("LOGIN_FILE"));
		Files.writeString(login, options.get("username") + "\u0000" + options.get("password"), StandardCharsets.UTF_8);
	}

}
