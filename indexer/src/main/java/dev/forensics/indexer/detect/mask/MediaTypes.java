package dev.forensics.indexer.detect.mask;

import java.util.Locale;
import java.util.Set;

/**
 * Media types (RFC 9110 section 8.3.1): the registered ones and the usual ones beside them; of the
 * parameters only the character set is shown.
 */
final class MediaTypes {
  private static final Set<String> TYPES =
      WordList.of(
          "application audio chemical example font haptics image message model multipart text"
              + " video x-world x-conference x-shader *");

  /** Words that registered subtypes, and the usual ones beside them, are made of. */
  private static final Set<String> WORDS =
      WordList.of(
          """
          3gpp 3gpp2 7z aac ac3 access acc accept activity actions alternative amf amr android
          annotation api apple appcache archive asf asn1 atom attachment avi avif basic batch
          bencoded binary bittorrent bmp bundle byteranges bz bz2 bzip bzip2 c cab calendar cbor
          cert certificate chat chrome cms chunked coap collection com component compiler compress
          compressed config connect coreml cose cpp crl csrattrs css csv data dart database dds
          debian delta device diff disk disposition dns document download dosexec dtd eac3
          ecmascript emf enriched encoded encrypted envelope epub error event excel executable expat
          external exi feature fhir fixedrecord flac flash flv font force foreign form format
          fragment ftp gemini geo geojson gif github git go google gpx graphql gpg grammar grpc gtar
          gzip h264 h265 hal heic heif html http icalendar ico icon id im iges image install
          installer iso jar java javascript jnlp jose jp2 jpeg jpg js json jsonl jsonp jwk jwt key
          keys kernel keystore keyset kml kmz latex ld ldjson lost lz4 lzh lzma m4a m4v macbinary
          macro magic manifest markdown matroska media merge message metadata meta metrics mhtml
          microsoft midi mime mixed mjpeg mp2t mp3 mp4 mpeg mpegurl mrb ms msdownload msdos msgpack
          msi mso msword mxf ndjson ns octet octets odex office officedocument official ogg ole oasis ocsp
          openxmlformats opendocument openstreetmap optional opus package packed pack partial patch
          pcap pcapng pcm pdf pem perl pgp php pics pidf pjpeg pkcs10 pkcs12 pkcs7 pkcs8 pkix plain
          png portable postscript powerpoint presentation problem program prometheus prs protobuf
          protocol provenance python qt query quicktime rar raw rdf realmedia receive receipt redhat
          regular related relative replace report request response result rfc822 richtext rpm rss
          rtf rtp ruby run s3 sbml schema sdp seq serialized session sevenz sgml shockwave sh shtml
          signature signed sip slideshow smil soap source sparql spdx speex spreadsheet
          spreadsheetml presentationml wordprocessingml drawingml sheet sql srt ssml status stream
          streaming structure style stylesheet subrip svg swift synchronize tab tar tcl template tex
          text thrift thread tiff timestamp toml token track ttf ttml tga txt type turtle unknown
          update upload uri url urlencoded list user values vcard vcf video vnd vorbis vtt wasm wav
          wave web webassembly webm webp websocket websub wbxml windows wml wmlc wma wmv woff woff2
          word works wsdl www x x264 xaml xbitmap xcap xhtml xliff xls xml xmpp xop xpixmap
          xpinstall xslt xspf xz yaml yin yang z zip zlib zstd atomsvc separated directory multipart
          appledouble parallel digest amz aws compactheader openxml apk ms-tnef tnef msvideo ms-wmv
          stanford dash
          """);

  private static final String CHARSET =
      "\"?(utf-?(8|16|16le|16be|32)|us-ascii|ascii|latin-?1|iso-?8859-?[0-9]{1,2}(-[ei])?"
          + "|windows-?[0-9]{3,4}|cp-?[0-9]{3,4}|ibm[0-9]{3,4}|koi8-[ru]|gb2312|gbk|gb18030|big5"
          + "(-hkscs)?|euc-(jp|kr|tw|cn)|shift[_-]jis|iso-2022-(jp|kr|cn)|ks_c_5601-1987|tis-620"
          + "|macintosh|hz-gb-2312|binary|none)\"?";

  private MediaTypes() {}

  static String mask(String text) {
    int end = text.indexOf(';');
    String type = end < 0 ? text : text.substring(0, end);
    StringBuilder masked = new StringBuilder(text.length());
    type(type, masked);
    while (end >= 0) {
      int from = end + 1;
      end = text.indexOf(';', from);
      masked.append(';');
      parameter(end < 0 ? text.substring(from) : text.substring(from, end), masked);
    }
    return masked.toString();
  }

  /** A top-level type stays beside a subtype that does not: text/(7). */
  private static void type(String text, StringBuilder masked) {
    String type = text.strip().toLowerCase(Locale.ROOT);
    int slash = type.indexOf('/');
    boolean top = slash > 0 && TYPES.contains(type.substring(0, slash));
    boolean sub = slash > 0 && Phrase.all(type.substring(slash + 1), "-.+*", WORDS::contains);
    boolean any = type.equals("*/*") || (top && type.endsWith("/*"));
    if (type.isEmpty() || any || (top && sub)) {
      masked.append(text);
    } else if (top) {
      int at = text.indexOf('/') + 1;
      masked.append(text, 0, at).append(Masks.hidden(text.substring(at)));
    } else {
      masked.append(Masks.hidden(text));
    }
  }

  private static void parameter(String text, StringBuilder masked) {
    int equal = text.indexOf('=');
    String name = equal < 0 ? text : text.substring(0, equal);
    if (equal < 0 || !Names.isName(name.trim())) {
      masked.append(text.isBlank() ? text : Masks.hidden(text));
      return;
    }
    String value = text.substring(equal + 1).trim();
    boolean open =
        "charset".equals(name.trim().toLowerCase(Locale.ROOT))
            && value.toLowerCase(Locale.ROOT).matches(CHARSET);
    masked.append(name).append('=').append(open || value.isEmpty() ? value : Masks.hidden(value));
  }
}
