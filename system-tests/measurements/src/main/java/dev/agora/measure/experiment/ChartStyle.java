package dev.agora.measure.experiment;

/** The colours of charts, on light and on dark paper. */
final class ChartStyle {

	static final String CSS = """
			:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --band: #e8eaee; --grid: #c9cdd4;
			  --one: #4a78c8; --two: #c58a1c; --three: #2f7d4f; --four: #8b5fbf; --five: #2a97a5;
			  --grey: #8b909a; --red: #d0202f; }
			@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --paper: #16181c; --band: #2a2e35;
			  --grid: #3c414a; --one: #86aef0; --two: #e5b455; --three: #5fbf85; --four: #b795e0; --five: #63c5d1;
			  --grey: #7d838d; --red: #ff5c68; } }
			text { fill: var(--ink); font-size: 12px; }
			.band { fill: var(--band); } .grid { stroke: var(--grid); }
			.one { fill: var(--one); stroke: var(--one); } .two { fill: var(--two); stroke: var(--two); }
			.three { fill: var(--three); stroke: var(--three); } .four { fill: var(--four); stroke: var(--four); }
			.five { fill: var(--five); stroke: var(--five); }
			.grey { fill: var(--grey); stroke: var(--grey); } .red { fill: var(--red); stroke: var(--red); }
			""";

	/** For a file of its own, which inherits nothing from a page. */
	static final String FILE = """
			text { font-family: system-ui, sans-serif; } .paper { fill: var(--paper); }
			""";

	private ChartStyle() {
	}

}
