package dev.agora.product.page.render;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.PageEntry;

/** Writes sitemaps in the format of sitemaps.org. */
public final class Sitemap {

	private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

	private final XMLOutputFactory factory = XMLOutputFactory.newFactory();

	private final PageSettings settings;

	public Sitemap(PageSettings settings) {
		this.settings = settings;
	}

	/** Writes a list of pages. */
	public PageContent ofPages(List<PageEntry> pages) {
		return write("urlset", "url", pages);
	}

	/** Writes an index of sitemaps. */
	public PageContent ofParts(List<PageEntry> parts) {
		return write("sitemapindex", "sitemap", parts);
	}

	private PageContent write(String root, String element, List<PageEntry> entries) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter xml = this.factory.createXMLStreamWriter(text);
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeStartElement(root);
			xml.writeDefaultNamespace(NAMESPACE);
			for (PageEntry entry : entries) {
				writeEntry(xml, element, entry);
			}
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
		}
		catch (XMLStreamException ex) {
			// A StringWriter refuses nothing.
			throw new IllegalStateException(ex);
		}
		return PageContent.of(text.toString());
	}

	private void writeEntry(XMLStreamWriter xml, String element, PageEntry entry) throws XMLStreamException {
		xml.writeStartElement(element);
		writeText(xml, "loc", this.settings.urlOf(PagePath.toPublic(entry.path())));
		writeText(xml, "lastmod", toText(entry.changedAt()));
		xml.writeEndElement();
	}

	private static void writeText(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
		xml.writeStartElement(element);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

	private static String toText(Instant at) {
		return at.toString();
	}

}
