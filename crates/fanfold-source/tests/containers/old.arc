filedesc://old.arc 0.0.0.0 19990102030405 text/plain 20
1 0 Example of words

http://attic.example/a story.html 10.0.0.1 19990102030405 text/html 151
HTTP/1.1 200 OK
Content-Type: text/html; charset=windows-1252

<html><head><title>The Lamp</title></head><body><p>The lamp burned.</p></body></html>
