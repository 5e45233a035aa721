/** The settings are in docs/settings.md, and the rest is in docs/no-such-page.md. */
class Planted {

}
