"""Which stamp is on this photograph? Arrays in, arrays out: knows no page, no table and no file of ours.

reading.py bytes to pixels · finding.py where a stamp lies, straightened · signature.py what it looks like from afar ·
features.py what it looks like close by · looks.py both of one picture · comparing.py one photograph against many looks ·
parts.py looks of many pictures on the disk
"""
