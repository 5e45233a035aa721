package dev.agora.measure.experiment;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class BarChartTests {

	private static final BarChart CHART = new BarChart("Cost <of> a post", "CPU s", List.of("service", "store"),
			List.of(new BarChart.Bar("1 & only", Map.of("service", 1.0, "store", 0.5)),
					new BarChart.Bar("4", Map.of("service", 1.0, "store", 2.0))));

	@Test
	void partsFollowEachOtherInProportion() throws Exception {
		NodeList bars = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader("<x>" + CHART.svg() + "</x>")))
			.getElementsByTagName("rect");
		List<String> places = new ArrayList<>();
		for (int bar = 0; bar < 4; bar++) {
			places.add(bars.item(bar).getAttributes().getNamedItem("x").getNodeValue() + " "
					+ bars.item(bar).getAttributes().getNamedItem("width").getNodeValue());
		}
		assertThat(places).containsExactly("170.0 220.0", "390.0 110.0", "170.0 220.0", "390.0 440.0");
	}

	@Test
	void namesTheBarsTheirLengthsAndTheParts() {
		assertThat(CHART.svg()).contains("<h2>Cost &lt;of&gt; a post</h2>", ">1 &amp; only<", ">1.50<", ">3.00<",
				">service<", ">store<", ">CPU s<");
	}

}
